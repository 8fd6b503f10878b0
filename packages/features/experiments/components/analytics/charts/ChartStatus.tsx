"use client";

import { createContext, type ReactNode, useContext, useEffect, useState } from "react";

const ChartStatusContext = createContext<(text: string) => void>(() => undefined);

/** Tells readers the figures of the place that somebody is at: what is to be told must be there before it changes. */
export function ChartStatus({ children }: { children: ReactNode }) {
  const [said, say] = useState("");
  return (
    <ChartStatusContext.Provider value={say}>
      {children}
      <p role="status" className="sr-only">
        {said}
      </p>
    </ChartStatusContext.Provider>
  );
}

export function useChartStatus(text: string): void {
  const say = useContext(ChartStatusContext);
  useEffect(() => {
    say(text);
    return () => say("");
  }, [say, text]);
}
