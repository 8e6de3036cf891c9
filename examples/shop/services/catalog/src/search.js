import { all } from "./products.js";

export function search(words) {
  const wanted = words.toLowerCase().split(" ").filter(Boolean);
  return all().filter(({ title }) => wanted.every((word) => title.toLowerCase().includes(word)));
}
