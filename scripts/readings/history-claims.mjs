// What the report says of a history as a whole.
import { claim, number, share, text } from "./checks.mjs";
import { between, botPattern, broughtIn, quote } from "./git.mjs";
import { changesBetween } from "./mainline.mjs";

export function repositoryClaims(repository, { result, several }) {
  const { id, git: command, hygiene, changeSetUnit } = repository;
  const count = (pattern) => Number(hygiene.map((line) => pattern.exec(line)?.[1]).find(Boolean) ?? Number.NaN);
  const name = several ? `${id}: ` : "";
  const range = changeSetUnit === "mainline" ? broughtIn(repository) : between(repository);
  const ofWindow = (expected, counts) => (output) => {
    if (Number(output) === expected || changeSetUnit !== "mainline") return number(expected)(output);
    const found = changesBetween(repository).filter(counts).length;
    return found === expected
      ? `confirmed: ${expected} once a merge that brings in merges counts as a line of changes, each at its own date`
      : `differs: ${output.trim()}, ${found} by single changes; the report says ${expected}`;
  };
  const claims = [
    claim(
      "history",
      `${name}${counted(repository.commits, "commit")} in all.`,
      `${command} rev-list --count HEAD`,
      number(repository.commits),
    ),
    claim(
      "history",
      `${name}${repository.roots} ${repository.roots === 1 ? "root" : "roots"}: beginnings of history.`,
      `${command} rev-list --max-parents=0 --count HEAD`,
      number(repository.roots),
    ),
    claim(
      "history",
      `${name}The clone is ${repository.shallow ? "shallow" : "whole, not shallow"}.`,
      `${command} rev-parse --is-shallow-repository`,
      text(String(repository.shallow)),
    ),
    claim(
      "window",
      `${name}${counted(count(/^(\d+) commits? in the window/), "commit")} in the window ${repository.window.from} to ${repository.window.to}${changeSetUnit === "mainline" ? ", by the merge that brought them to the main line" : ""}.`,
      `${command} rev-list --count ${range}`,
      ofWindow(count(/^(\d+) commits? in the window/), () => true),
    ),
    claim(
      "window",
      `${name}${count(/of them (\d+) merges? and/)} of the commits in the window are merges and left out.`,
      `${command} rev-list --count --merges ${range}`,
      ofWindow(count(/of them (\d+) merges? and/), ({ parents }) => parents.length > 1),
    ),
    ...unitClaims(repository, name),
  ];
  if (repository.hasLastActivity) {
    claims.push(
      claim(
        "window",
        `The last activity of people is on ${result.inputs.asOf}${several ? ` (in ${id})` : ""}.`,
        `TZ=UTC ${command} log --date=format-local:%Y-%m-%d --format='%cd %an <%ae>' HEAD | grep -viE ${quote(botPattern)} | sed -n '1s/ .*//p'`,
        text(result.inputs.asOf),
      ),
    );
  }
  // Under `mainline` the report counts changes of bots, not their commits.
  if (changeSetUnit === "commit") {
    const bots = count(/: (\d+) by bots/);
    claims.push(
      claim(
        "bots",
        `${name}${bots} commits in the window are by bots.`,
        `${command} log --no-merges ${between(repository)} --format='%an <%ae>' | grep -ciE ${quote(botPattern)}`,
        number(bots),
      ),
    );
  }
  return claims;
}

function unitClaims(repository, name) {
  const { git: command, changeSetUnitReason: reason, changeSetUnit: unit } = repository;
  const merges = /^(none|\d+ %) of the last (\d+) commits on the main line (?:are merges|is a merge)/.exec(reason);
  const squashed = /^(\d+) % of the last (\d+) commits on the main line are squashed/.exec(reason);
  const sentence = `${name}A change is a ${unit === "mainline" ? "merge to the main line" : unit}: ${reason}.`;
  if (merges)
    return [
      claim(
        "unit",
        sentence,
        `${command} log --first-parent -${merges[2]} --format=%p HEAD | grep -c ' '`,
        share(Number.parseInt(merges[1], 10) || 0, Number(merges[2])),
      ),
    ];
  if (squashed)
    return [
      claim(
        "unit",
        sentence,
        `${command} log --first-parent -${squashed[2]} --format=%s HEAD | grep -cE '\\(#[0-9]+\\)$'`,
        share(Number(squashed[1]), Number(squashed[2])),
      ),
    ];
  return [];
}

function counted(amount, noun) {
  return `${amount} ${noun}${amount === 1 ? "" : "s"}`;
}
