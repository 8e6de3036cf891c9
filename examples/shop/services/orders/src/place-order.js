import { save } from "./store.js";

export async function placeOrder({ customer, lines }) {
  const order = await save({ customer, lines, status: "placed" });
  await tell("BILLING_URL", "/invoices", order);
  await tell("SHIPPING_URL", "/parcels", order);
  await tell("NOTIFICATIONS_URL", "/mails", { to: customer, about: order });
  return order;
}

function tell(service, path, order) {
  return fetch(new URL(path, process.env[service]), { method: "POST", body: JSON.stringify(order) });
}
