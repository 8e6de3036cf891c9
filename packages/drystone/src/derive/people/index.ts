export type { BotNature } from "./identities.js";
export type { Authorship, Automaton, Bot, CommitPeople, People, PeopleUse, Person } from "./people.js";
export { resolvePeople } from "./resolve-people.js";
