"use client";

import { createContext, useContext } from "react";
import type { RegisteredMetric } from "../../types/metrics";
import type { Forecast, PlanQuestion } from "../../types/planning";
import { type Settled, useSettled } from "../form/targeting/use-settled";
import { usePlanningPort } from "./planning-port";

/** The forecast for these settings; null asks for none, as they are not complete. */
export function useForecast(question: PlanQuestion | null): Settled<Forecast> {
  const port = usePlanningPort();
  return useSettled(port === null ? null : question, (asked) =>
    port === null ? Promise.reject(new Error()) : port.forecast(asked),
  );
}

interface FormForecast {
  forecast: Settled<Forecast>;
  /** What was registered at the start; null before it. */
  registered: readonly RegisteredMetric[] | null;
}

const ForecastContext = createContext<FormForecast>({ forecast: { status: "idle" }, registered: null });

/** The one forecast of a form, which its field and its summary both speak of. */
export const ForecastProvider = ForecastContext;

export function useFormForecast(): FormForecast {
  return useContext(ForecastContext);
}
