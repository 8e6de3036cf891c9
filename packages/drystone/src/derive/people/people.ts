/** The people of a system, and who made which commit. */
import type { History } from "#model/history.js";
import type { BotNature } from "./identities.js";

/** What of a history tells about people. */
export type CommitPeople = Pick<History, "people" | "authors" | "coAuthors">;

/** Somebody, over all repositories. */
export interface Person {
  /** Smallest of the e-mail addresses, or `name:…` without one. Stable whatever the order of input; not for display. */
  readonly id: string;
  /** For display, unique, lower case: login at a code host, else the part of an address before the `@`; never an address. */
  readonly handle: string;
  /** Spelling with most commits. */
  readonly name: string;
  /** Sorted, private addresses of code hosts folded to `login@github.com`. */
  readonly emails: readonly string[];
  /** Commits as author; those of a pair count for each. */
  readonly commits: number;
}

/** An identity that is no person. */
export interface Automaton {
  readonly name: string;
  readonly email: string;
  /** Why it is taken for one. */
  readonly reason: string;
  /** As author. */
  readonly commits: number;
}

export interface Bot extends Automaton {
  readonly nature: BotNature;
}

export interface Authorship {
  /** Index into `persons`. */
  readonly person: number;
  /** 1/n for n people of the commit. */
  readonly weight: number;
}

/** Whether commits tell who worked; not so where a build server commits for everybody. */
export interface PeopleUse {
  readonly usable: boolean;
  readonly reason: string | null;
}

export interface People {
  /** Sorted by id. */
  readonly persons: readonly Person[];
  readonly bots: readonly Bot[];
  /** Coding agents: their commits are made for people and flagged; they are no people. */
  readonly agents: readonly Automaton[];
  /** Identities that say nothing, such as `root <root@localhost>`. */
  readonly nobodies: readonly Automaton[];
  readonly use: PeopleUse;
  /** Parallel to the histories. */
  readonly useByRepository: readonly PeopleUse[];
  /** Addresses that may be one person and were not joined: what a user would copy into `aliases`. Sorted. */
  readonly suggestedAliases: readonly (readonly string[])[];
  /** Author and co-authors that are people, each once; none for commits of bots and of nobody. */
  readonly authorsOf: (repositoryIndex: number, commitIndex: number) => readonly Authorship[];
  /** The author is a bot; an agent is none. */
  readonly isBotCommit: (repositoryIndex: number, commitIndex: number) => boolean;
  /** An agent is author or co-author, or has marked the author's name. */
  readonly isAiAssisted: (repositoryIndex: number, commitIndex: number) => boolean;
  /** Persons that a text of a team file may mean, by e-mail address, handle with or without `@`, or full name: none, one, or several when ambiguous. */
  readonly find: (text: string) => readonly number[];
}
