/** A fee and the VAT that it contains. KRW, all of one sign; `supply + vat` is the fee to the won. */
export interface FeeParts {
  readonly supply: number;
  readonly vat: number;
}

/** VAT at 10 % is included in the commission: 10/110 of it, rounded half up on the magnitude. */
export function feeParts(fee: number): FeeParts {
  const magnitude = BigInt(Math.abs(fee));
  const vat = Number((magnitude * 20n + 110n) / 220n);
  const signed = fee < 0 ? -vat : vat;
  return { supply: fee - signed, vat: signed };
}
