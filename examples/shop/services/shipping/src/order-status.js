// Same list as in orders and billing: keep in step.
export const statuses = ["placed", "paid", "packed", "partly sent", "sent", "returned", "refunded"];

export function isSendable(status) {
  return ["paid", "packed", "partly sent"].includes(status);
}
