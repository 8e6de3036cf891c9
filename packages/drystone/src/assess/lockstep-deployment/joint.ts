/** @param deploys by time. @returns for each whether a deploy of another service is at most `window` seconds away. */
export function isJointDeploy(
  deploys: readonly { readonly time: number; readonly component: string }[],
  window: number,
): boolean[] {
  const joint = deploys.map(() => false);
  let start = 0;
  for (const [index, { time, component }] of deploys.entries()) {
    while ((deploys[start]?.time ?? time) < time - window) start++;
    for (let other = start; other < index; other++) {
      if (deploys[other]?.component === component) continue;
      joint[other] = true;
      joint[index] = true;
    }
  }
  return joint;
}
