import { InvalidArgumentError } from "commander";

export function wholeNumber(text: string): number {
  const number = Number(text);
  if (text.trim() === "" || !Number.isSafeInteger(number) || number < 0)
    throw new InvalidArgumentError("It is no whole number from 0 on.");
  return number;
}
