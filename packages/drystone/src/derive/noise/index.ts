export { type Noise, noiseOf } from "./noise.js";
