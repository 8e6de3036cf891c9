const orders = new Map();

export async function save(order) {
  const kept = { id: order.id ?? orders.size + 1, ...order };
  orders.set(String(kept.id), kept);
  return kept;
}

export async function load(id) {
  return orders.get(String(id));
}
