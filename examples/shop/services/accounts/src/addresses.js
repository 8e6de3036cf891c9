export function addressLines({ name, street, postcode, town, country }) {
  return [name, street, `${postcode} ${town}`, country.toUpperCase()];
}
