// What stands at a place in a file: the commands that show it, and whether they show what the report reads there.
import { claim, holdsAll, matches } from "./checks.mjs";
import { lineCommand, quote } from "./git.mjs";

/** That a place says what the text of the evidence says. */
export function placeClaim(kind, sentence, repository, place) {
  return claim(kind, sentence, commandsFor(repository, place), checkOf(place));
}

/** That some places name a library and its version between them; a Gradle script may have the version from another one. */
export function versionClaim(kind, sentence, places, name, version) {
  const commands = (commandOf) => places.map(({ repository, place }) => commandOf(repository, place)).join("; ");
  const [{ repository, place }] = places;
  const scripts = `${commands(lineCommand)}; ${repository.git} grep -nF ${quote(version)} HEAD -- '*.gradle*' '*gradle.properties'`;
  return claim(
    kind,
    sentence,
    [commands(lineCommand), commands(surroundings), ...(place.file.includes("gradle") && version ? [scripts] : [])],
    holdsAll([name, version]),
  );
}

/** The line; what it stands in with what stands in it; that, with what defines the variables there. The first that says enough is shown. */
function commandsFor(repository, place) {
  const object = / has the [A-Z]\w+ \S+$/.test(place.text) ? [objectCommand(repository, place)] : [];
  const passage = surroundings(repository, place);
  const define = (output) => definitionsCommand(repository, place, object[0] ?? passage, output);
  return [
    lineCommand(repository, place),
    ...object,
    passage,
    // A variable may be put together from others.
    define,
    define,
    define,
    ...(place.text.includes(" -> ") ? [targetCommand(repository, place, passage)] : []),
    ...(/^\w+:\/\/\S+$/.test(place.text) ? [addressCommand(repository, place)] : []),
  ];
}

function surroundings(repository, place) {
  return place.file.endsWith("pom.xml") ? elementCommand(repository, place) : passageCommand(repository, place);
}

function checkOf({ file, text }) {
  if (text === file) return matches(/^\s*(FROM|ENTRYPOINT|CMD|COPY|RUN)\s/im);
  const said = text.startsWith(`${file} `) ? text.slice(file.length + 1) : text;
  for (const [pattern, check] of sayings) {
    const found = pattern.exec(said);
    if (found) return check(...found.slice(1));
  }
  return holdsAll(wordsOf(said));
}

/** What the report says in its own words, and what has to stand there for it. */
const sayings = [
  [/^has the (\w+) (\S+)$/, hasObject],
  [/^builds an executable$/, () => matches(/<OutputType>\s*(Win)?Exe|Sdk="Microsoft\.NET\.Sdk\.(Web|Worker)/i)],
  // The folder is written relative to the file, often as a dot.
  [
    /^builds (?:the image )?\S+ from (\S+)$/,
    (folder) => matches(new RegExp(`(build|context)[^]*(${escaped(folder.split("/").at(-1))}|[.])`)),
  ],
  [
    /^builds (\S+)$/,
    () => matches(/<Project\b|<AssemblyName>|<artifactId>|\bname\b|\b(apply|plugins|dependencies|buildscript)\b/i),
  ],
  [/^has the service (\S+), (?:built from|of the image) /, (name) => holdsAll([name])],
  [/^builds \S+ from the root$/, () => matches(/(build|context)[^]*[.]/)],
  [/^runs the image (\S+)$/, (image) => holdsAll(["image", ...wordsOf(image)])],
  [/^(?:applies|uses) (.+)$/, (what) => holdsAll(wordsOf(what))],
  [/^deploys the function (\S+) of/, (name) => holdsAll([name])],
  [/^runs `([^`]+)/, (command) => holdsAll(wordsOf(command))],
  [/^has a (\S+)$/, (what) => holdsAll([what])],
  [/^packages a war$/, () => matches(/<packaging>war/)],
  [/^is a main package$/, () => matches(/^package main\b/)],
  [/^is the main file$/, () => matches(/./)],
  [/^has a `?start`? script/, () => matches(/"start"\s*:/)],
  [/^starts an application module$/, () => matches(/\bmod:\s*\{/)],
  [
    /^starts an application$/,
    () =>
      matches(/^(?!\s*import\b).*(@\w*Application\b|Application(Builder)?\b|Initializer|\.run\(|forPort|Server|vertx|Javalin)/m),
  ],
  [
    /^starts a server$/,
    () =>
      matches(
        /^(?!\s*(import|from)\b).*(\b(server|\w*app\w*|run|\w*Server)\(|IOLoop|ioloop|\b[A-Z]\w+\(|_application|_command_line)/m,
      ),
  ],
  [
    /^imports (\S+)$/,
    (path) =>
      matches(
        new RegExp(
          path
            .split("/")
            .slice(-2)
            .flatMap((part) => part.replace(/(\.d)?\.\w+$/, "") || [])
            .map(escaped)
            .concat("[\"'][./]+[\"']")
            .join("|"),
        ),
      ),
  ],
  [/^RPC \/(\S+)\.(\w+)\/(\w+)$/, (_, service, method) => matches(new RegExp(`service ${service}\\b[^]*rpc ${method}\\b`))],
];

/** The dependency of a chart says its name and no kind; a name that a template makes is not read here. */
function hasObject(kind, name) {
  return (output) => {
    if (kind === "Chart") return holdsAll([name])(output);
    if (!new RegExp(`kind: *${kind}`).test(output)) return holdsAll(["name:", name])(output);
    if (output.includes(name)) return "confirmed";
    return /name: *"?\{\{/.test(output) ? "confirmed: a template makes the name" : holdsAll([name])(output);
  };
}

/** Names and numbers, without the places in lists and without what the report masks. */
function wordsOf(text) {
  return (
    text
      .replace(/\*\*\*/g, " ")
      .replace(/\[\d+\]/g, " ")
      .replace(/\.\d+(?=\.[a-z])/g, " ")
      .match(/\w+/g) ?? []
  );
}

function escaped(word) {
  return word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** The lines that a line stands in by their indentation, itself, and the lines that stand in it. */
function passageCommand(repository, { file, line }) {
  const program = `{ t = $0; gsub(/\\t/, "        ", t) } match(t, /[^ \\r]/) && t !~ /^ *(#|[{][{]-? *(if|else|end|with|range))/ { if (NR > ${line} && RSTART <= own && t !~ /^ *[{]/) { if (t ~ /^ *[})]/) print; exit } while (n && depth[n] >= RSTART) n--; depth[++n] = RSTART; text[n] = $0; if (NR == ${line}) { own = RSTART; for (i = 1; i <= n; i++) print text[i] } if (NR > ${line}) print }`;
  return `${show(repository, file)} | awk '${program}'`;
}

function elementCommand(repository, { file, line }) {
  const ends = "(dependency|plugin|parent|properties)>";
  return `${show(repository, file)} | awk '/<${ends}/ { text = "" } { text = text $0 "\\n" } NR >= ${line} && /<\\/${ends}/ { printf "%s", text; exit }'`;
}

/** The kind of a Kubernetes object, its name and the line. */
function objectCommand(repository, { file, line }) {
  return `${show(repository, file)} | awk '/^---/ { kind = name = "" } /^ *kind:/ && !kind { kind = $0 } /^  name:/ && !name { name = $0 } NR == ${line} { print kind; print name; print; exit }'`;
}

/** An address that a template of a chart puts together, found in the file or in its chart. */
function addressCommand(repository, place) {
  const chart = place.file.replace(/\/templates\/.*/, "");
  return `${lineCommand(repository, place)}; ${repository.git} grep -nF ${quote(place.text)} HEAD -- ${quote(chart)}`;
}

/** A route names a cluster or an upstream, which the same file describes elsewhere. */
function targetCommand(repository, { file, text }, passage) {
  const target = wordsOf(text.slice(text.indexOf(" -> ") + 4));
  return `${passage}; ${repository.git} grep -hwE ${quote(target.join("|"))} HEAD -- ${quote(file)}`;
}

/** The same with the lines that define what it names: variables of an environment file, properties of a pom.xml, values of a chart. */
function definitionsCommand(repository, { file, text }, passage, shown) {
  const names = [
    ...[...shown.matchAll(/\$\{?([\w.]+)|%\((\w+)\)s/g)].map(([, name, other]) => name ?? other),
    ...[...shown.matchAll(/\.Values\.([\w.]+)/g)].flatMap(([, path]) => path.split(".").slice(-2)),
    ...(/^\s*-\s*\w+\s*$/m.test(shown) ? [/^(\w+)=/.exec(text)?.[1]] : []),
  ].filter(Boolean);
  if (names.length === 0) return null;
  const lines = `^[[:blank:]]*[<"]?(export )?(${[...new Set(names)].map((name) => name.replaceAll(".", "[.]")).join("|")})["]?[[:blank:]]*[=:>]`;
  const near = environmentOf(file);
  return `${passage}; ${repository.git} grep -hE ${quote(lines)} HEAD -- ${near}`;
}

/** Files that hold the variables of a file: beside it, above it, or of its chart. */
function environmentOf(file) {
  if (file.endsWith("pom.xml")) return "'*pom.xml'";
  const folders = file.split("/").slice(0, -1);
  const all = folders.map((_, index) => folders.slice(0, index + 1).join("/"));
  return ["", ...all.map((folder) => `${folder}/`)]
    .flatMap((folder) => [`${folder}.env`, `${folder}values.yaml`])
    .map((path) => quote(`:(glob)${path}`))
    .join(" ");
}

function show(repository, file) {
  return `${repository.git} show ${quote(`HEAD:${file}`)}`;
}
