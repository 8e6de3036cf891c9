/** Applies the `.mailmap` of HEAD to the people of a history: after the store, so that a line more in it does not make all history be read again. */
import type { History, Identity } from "#model/history.js";
import { git } from "./git.js";
import type { Clone } from "./repository.js";

/** @param mailmap id of the blob; empty for none. Authors and co-authors become who it says, numbered by first use; unchanged when git cannot read it. */
export function withMailmap(history: History, clone: Clone, mailmap: string): History {
  if (mailmap === "" || history.people.length === 0) return history;
  const mapped = mappedPeople(history.people, clone, mailmap);
  return mapped === null ? history : renumbered(history, mapped);
}

function mappedPeople(people: readonly Identity[], clone: Clone, mailmap: string): Identity[] | null {
  const input = people.map(({ name, email }) => `${plain(name)} <${plain(email)}>\n`).join("");
  const run = git(clone.gitDirectory, ["-c", "core.bare=true", "-c", `mailmap.blob=${mailmap}`, "check-mailmap", "--stdin"], {
    input,
  });
  const lines = run.stdout.toString("utf8").split("\n").slice(0, -1);
  if (run.status !== 0 || lines.length !== people.length) return null;
  return people.map((person, index) => identityIn(lines[index] ?? "", person));
}

/** What would end the line or the name. */
function plain(text: string): string {
  return text.replace(/[<>\n\0]/g, "");
}

/** `Ada King <ada@example.com>`; a person that the mailmap does not name stays as it was, letter for letter. */
function identityIn(line: string, person: Identity): Identity {
  const start = line.lastIndexOf("<");
  const name = line.slice(0, Math.max(0, start)).trim();
  const email = line.slice(start + 1, -1).trim();
  return name === plain(person.name).trim() && email === plain(person.email).trim() ? person : { name, email };
}

/** People by number are people by first use; so are those that they are mapped to. */
function renumbered(history: History, mapped: readonly Identity[]): History {
  const people: Identity[] = [];
  const known = new Map<string, number>();
  const numbers = mapped.map((identity) => {
    const key = `${identity.name}\0${identity.email}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    known.set(key, people.length);
    return people.push(identity) - 1;
  });
  const renumber = (column: Int32Array): Int32Array => column.map((person) => numbers[person] ?? 0);
  const coAuthors = { offsets: history.coAuthors.offsets, values: renumber(history.coAuthors.values) };
  return { ...history, people, authors: renumber(history.authors), coAuthors };
}
