// Same list as in orders and shipping: keep in step.
export const statuses = ["placed", "paid", "packed", "partly sent", "sent", "returned", "refunded"];

export function isPayable(status) {
  return statuses.indexOf(status) < statuses.indexOf("paid");
}

export function isRefundable(status) {
  return status === "returned";
}
