import { EstateMap } from "./estate-map/estate-map.js";

export { EstateMap };
export const pictures = { EstateMap };
