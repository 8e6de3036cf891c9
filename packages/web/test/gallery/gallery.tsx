/** All pictures of one result on a page of their own, for tests and for looking at them. `#EstateMap` shows one. */
import { type ComponentType, render } from "preact";
import { measuresOf, type Result } from "../../src/model.js";
import * as pictures from "../../src/pictures/index.js";
import "../../src/style.css";
import "./gallery.css";

const { PairTimeline, SymptomBar: _bar, SymptomLegend: _legend, ...others } = pictures;
const all: Readonly<Record<string, ComponentType<{ result: Result }>>> = { ...others, PairTimeline: StrongestPair };
const wanted = decodeURIComponent(location.hash.slice(1)).split(",");
const result: Result = JSON.parse(document.getElementById("data")?.textContent ?? "null");
const main = document.getElementById("main");
const started = performance.now();
if (main !== null) {
  render(
    <>
      <h1>{result.inputs.system}</h1>
      {Object.entries(all).map(([name, One]) =>
        wanted.includes(name) || wanted[0] === "" ? <One key={name} result={result} /> : null,
      )}
    </>,
    main,
  );
}
Object.assign(window, { drawn: Math.round(performance.now() - started) });

function StrongestPair({ result }: { result: Result }) {
  const [a = "", b = ""] =
    measuresOf(result, "history.shared").toSorted((x, y) => (y.value ?? 0) - (x.value ?? 0))[0]?.subjects ?? [];
  return <PairTimeline result={result} a={a} b={b} />;
}
