import { expect, test } from "vitest";
import { chromiumPath, type Machine } from "./chromium.js";

/** A machine with these files; its package manager adds `installs`, or fails where that is null. */
function machine(
  files: readonly string[],
  options: {
    readonly environment?: Readonly<Record<string, string>>;
    readonly installs?: string | null;
    readonly isRoot?: boolean;
  } = {},
): { readonly machine: Machine; readonly ran: string[] } {
  const there = new Set(files);
  const ran: string[] = [];
  return {
    ran,
    machine: {
      environment: options.environment ?? { PATH: "/opt/bin:/usr/bin" },
      exists: (file) => there.has(file),
      isRoot: options.isRoot ?? true,
      run: (program, words) => {
        ran.push([program, ...words].join(" "));
        if (options.installs === null) throw new Error("no such program");
        if (words.includes("install") && options.installs !== undefined) there.add(options.installs);
      },
    },
  };
}

test.each([
  ["one on the PATH", ["/opt/bin/chromium", "/usr/bin/google-chrome"], undefined, "/opt/bin/chromium"],
  ["one off the PATH", ["/snap/bin/chromium"], { PATH: "/bin" }, "/snap/bin/chromium"],
  ["the one that is named", ["/x/chrome", "/usr/bin/chromium"], { CHROMIUM: "/x/chrome" }, "/x/chrome"],
])("%s is taken and nothing is installed", (_, files, environment, expected) => {
  const { machine: one, ran } = machine(files, environment === undefined ? {} : { environment });
  expect(chromiumPath(one)).toBe(expected);
  expect(ran).toEqual([]);
});

test.each([
  ["root", true, ""],
  ["anybody else, without being asked for a password", false, "sudo -n "],
])("a bare machine gets one by apt-get as %s", (_, isRoot, before) => {
  const { machine: bare, ran } = machine([], { isRoot, installs: "/usr/bin/chromium" });
  expect(chromiumPath(bare)).toBe("/usr/bin/chromium");
  expect(ran).toEqual([`${before}apt-get update -q`, `${before}apt-get install -q -y --no-install-recommends chromium`]);
});

test.each([
  ["no apt-get", { installs: null }, /install it, or name one: CHROMIUM=/],
  ["a package without a program", {}, /apt-get installed no Chromium/],
  ["a name that leads nowhere", { environment: { CHROMIUM: "/gone", PATH: "/usr/bin" } }, /CHROMIUM names \/gone/],
])("%s: the error says what to do", (_, options, message) => {
  expect(() => chromiumPath(machine([], options).machine)).toThrow(message);
});
