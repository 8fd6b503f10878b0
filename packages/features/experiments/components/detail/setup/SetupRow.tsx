import type { ReactNode } from "react";

export function SetupRow({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-6 gap-y-0.5 border-b py-2.5 sm:grid-cols-[11rem_1fr]">
      <dt className="text-muted-foreground">{term}</dt>
      <dd className="wrap-anywhere min-w-0 max-w-prose whitespace-pre-line">{children}</dd>
    </div>
  );
}

export function Muted({ children }: { children: ReactNode }) {
  return <span className="block text-muted-foreground">{children}</span>;
}
