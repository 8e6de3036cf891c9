const products = [
  { id: "bowl-ash", title: "Bowl, ash glaze", glaze: "ash", priceCents: 3400 },
  { id: "cup-celadon", title: "Cup, celadon", glaze: "celadon", priceCents: 2200 },
  { id: "plate-iron", title: "Plate, iron red", glaze: "iron red", priceCents: 4100 },
];

export const all = () => products;
export const product = (id) => products.find((candidate) => candidate.id === id);
