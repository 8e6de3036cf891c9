const bowlsPerParcel = 6;

export function parcelsOf({ id, lines }) {
  const pieces = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  return Array.from({ length: Math.ceil(pieces / bowlsPerParcel) }, (_, index) => ({ order: id, parcel: index + 1 }));
}
