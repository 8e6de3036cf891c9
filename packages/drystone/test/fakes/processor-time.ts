/** Starts a watch. @returns milliseconds of processor time of this process since then: a machine with other work makes nothing look slow. */
export function processorTime(): () => number {
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
}
