export function productPage({ title, glaze, priceCents }) {
  return `<main><h1>${title}</h1><p>${glaze}</p><strong>${(priceCents / 100).toFixed(2)} €</strong></main>`;
}
