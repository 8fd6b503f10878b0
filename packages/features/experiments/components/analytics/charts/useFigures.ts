"use client";

import { useLocale } from "@calcom/lib/i18n";
import { useMemo } from "react";
import { useFormat } from "../../shared/useFormat";
import { createFigures, type Figures } from "./figures";

export type { Figures, Measured } from "./figures";

export function useFigures(): Figures {
  const { locale } = useLocale();
  const format = useFormat();
  return useMemo(() => createFigures(locale, format), [locale, format]);
}
