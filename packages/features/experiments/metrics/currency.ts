import { z } from "zod";

/** The currency in which values are written, as an ISO 4217 code. It changes no figure. */
export const currencySchema = z
  .string()
  .refine((code) => Intl.supportedValuesOf("currency").includes(code), {
    error: ({ input }) =>
      `${JSON.stringify(input)} is no currency: give its code of ISO 4217, such as "EUR".`,
  })
  .optional();
