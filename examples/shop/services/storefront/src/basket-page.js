export function basketPage({ id, status, lines }) {
  const rows = lines.map(({ product, quantity }) => `<li>${quantity} × ${product}</li>`);
  return `<main><h1>Order ${id}: ${status}</h1><ul>${rows.join("")}</ul></main>`;
}
