const texts = {
  placed: "We have your order.",
  paid: "Thank you for the payment.",
  "partly sent": "The first parcel is on its way.",
  sent: "Your parcel is on its way.",
  refunded: "Your money is on its way back.",
};

export function mailAbout({ to, about }) {
  return { to, subject: `Order ${about.id}`, text: texts[about.status] ?? "" };
}
