/** Build files of which only the name and the direct dependencies matter here: PHP, Ruby, Elixir, Scala. */
import { scalarText } from "../yaml/index.js";
import { type BuildManifest, type Dependency, folderOf, lastPart, lineOf } from "./manifest.js";
import { parseJson } from "./npm.js";

/** composer.json of PHP. */
export function readComposer(path: string, text: string): BuildManifest | null {
  const root = parseJson(text);
  if (!root) return null;
  const required = typeof root["require"] === "object" && root["require"] !== null ? Object.entries(root["require"]) : [];
  const dependencies = required.flatMap(([name, version]): Dependency[] =>
    name.includes("/")
      ? [{ name, version: scalarText(version), line: lineOf(text, `"${name}"`), path: null, runtime: true }]
      : [],
  );
  const name = typeof root["name"] === "string" ? root["name"] : null;
  const project = root["type"] === "project";
  const marker = project ? { reason: `${path} has the type project`, file: path, line: lineOf(text, '"type"') } : null;
  return {
    ...plain(path, "php"),
    name,
    line: lineOf(text, '"name"'),
    executable: marker,
    dependencies,
    published: root["type"] === "library",
  };
}

/** A .gemspec. */
export function readGemspec(path: string, text: string): BuildManifest {
  const lines = text.split("\n");
  const dependencies = lines.flatMap((line, index): Dependency[] => {
    const found = /\.add_(?:runtime_)?dependency[\s(]{1,9}["']([\w-]{1,100})["']/.exec(line);
    return found?.[1] ? [{ name: found[1], version: null, line: index + 1, path: null, runtime: true }] : [];
  });
  return { ...plain(path, "ruby"), name: lastPart(path).replace(/\.gemspec$/, ""), dependencies, published: true };
}

/** A Gemfile: an application or the development set-up of a gem; a config.ru beside it tells. */
export function readGemfile(path: string, text: string): BuildManifest {
  const dependencies = text.split("\n").flatMap((line, index): Dependency[] => {
    const found = /^\s{0,20}gem[\s(]{1,9}["']([\w-]{1,100})["'](?:\s{0,9},\s{0,9}["']([^"']{1,50})["'])?/.exec(line);
    return found?.[1] ? [{ name: found[1], version: found[2] ?? null, line: index + 1, path: null, runtime: true }] : [];
  });
  return { ...plain(path, "ruby"), dependencies };
}

/** mix.exs of Elixir; an `mod:` entry starts an application. */
export function readMix(path: string, text: string): BuildManifest {
  const name = /\bapp:\s{0,5}:(\w{1,100})/.exec(text);
  const start = /\bmod:\s{0,5}\{/.exec(text);
  const marker = start ? { reason: `${path} starts an application module`, file: path, line: lineOf(text, start[0]) } : null;
  return {
    ...plain(path, "elixir"),
    name: name?.[1] ?? null,
    line: name ? lineOf(text, name[0]) : 1,
    executable: marker,
    aggregator: /\bapps_path:/.test(text),
  };
}

/** build.sbt of Scala; the packager's server archetype makes a deployable. */
export function readSbt(path: string, text: string): BuildManifest {
  const name = /\bname\s{0,5}:=\s{0,5}"([^"\n]{1,100})"/.exec(text);
  const start =
    /enablePlugins\([^)\n]{0,200}\b(?:PlayScala|PlayJava|JavaServerAppPackaging|JavaAppPackaging|DockerPlugin)\b/.exec(text);
  const marker = start ? { reason: `${path} packages an application`, file: path, line: lineOf(text, start[0]) } : null;
  return { ...plain(path, "scala"), name: name?.[1] ?? null, line: name ? lineOf(text, name[0]) : 1, executable: marker };
}

function plain(path: string, technology: "php" | "ruby" | "elixir" | "scala"): BuildManifest {
  return {
    path,
    folder: folderOf(path),
    ecosystem: technology,
    technology,
    name: null,
    line: 1,
    executable: null,
    aggregator: false,
    members: [],
    dependencies: [],
    published: false,
  };
}
