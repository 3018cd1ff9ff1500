/** Price of a parcel in cents, by weight in grams. */
export function price(grams) {
  if (grams < 500) return 399;
  if (grams < 2000) return 549;
  return 899;
}

/** Total of an order: every parcel, free of charge from 50 euros on. */
export function shipping(order) {
  const sum = order.parcels.map((parcel) => price(parcel.grams));
  return order.value > 5000 ? 0 : sum;
}
