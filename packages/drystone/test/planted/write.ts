/** Puts planted histories on disk. */
import { rmSync } from "node:fs";
import { shallowClone, writeRepository } from "../fakes/index.js";
import type { PlantedParameters } from "./parameters.js";
import { plantHistory } from "./planted-history.js";
import type { PlantedTruth } from "./truth.js";

/** Writes the planted repository (bare, cut if the parameters say so) into `directory` and answers what is true about it. */
export function writePlanted(directory: string, parameters: PlantedParameters): PlantedTruth {
  const { plan, truth, depth } = plantHistory(parameters);
  if (depth === null) {
    writeRepository(directory, plan, { bare: true });
    return truth;
  }
  const whole = `${directory}.whole`;
  writeRepository(whole, plan, { bare: true });
  shallowClone(whole, directory, depth);
  rmSync(whole, { recursive: true, force: true });
  return truth;
}
