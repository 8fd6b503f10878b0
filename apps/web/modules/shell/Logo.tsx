import { cn } from "@calcom/ui";

/** A page of a calendar with one slot taken, and the name. */
export function Logo({ className }: { className?: string }) {
  return (
    <span className={cn("inline-flex items-center gap-2 font-semibold text-foreground", className)}>
      <svg viewBox="0 0 20 20" className="size-5" aria-hidden="true" fill="none">
        <rect x="2.75" y="3.75" width="14.5" height="13.5" rx="2.5" stroke="currentColor" strokeWidth="1.5" />
        <path d="M2.75 8h14.5M6.5 2v3.5M13.5 2v3.5" stroke="currentColor" strokeWidth="1.5" />
        <rect x="10.5" y="10.75" width="4" height="3.75" rx="0.75" className="fill-primary" />
      </svg>
      Calcom
    </span>
  );
}
