export function invoiceOf({ id, customer, lines }) {
  const totalCents = lines.reduce((sum, line) => sum + line.quantity * line.priceCents, 0);
  return { order: id, customer, totalCents, vatCents: Math.round(totalCents * 0.2) };
}
