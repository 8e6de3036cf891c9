/** How many of `count` entries come first, where all that are `before` do: a binary search. @param isBefore asked for an index from 0 to `count - 1`. */
export function countBefore(count: number, isBefore: (index: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
