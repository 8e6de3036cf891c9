/** V8's optimising compiler, which costs more than it saves for work that is over after some milliseconds. */
import { setFlagsFromString } from "node:v8";

let isOn = true;

export function optimise(on: boolean): void {
  isOn = on;
  setFlagsFromString(on ? "--opt" : "--no-opt");
}

export function unoptimised<Outcome>(work: () => Outcome): Outcome {
  const before = isOn;
  optimise(false);
  try {
    return work();
  } finally {
    optimise(before);
  }
}
