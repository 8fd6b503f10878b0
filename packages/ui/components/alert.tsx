import { CircleAlertIcon, CircleCheckIcon, InfoIcon, TriangleAlertIcon } from "lucide-react";
import type * as React from "react";
import { cn } from "../lib/cn";

export type AlertTone = "info" | "warning" | "destructive" | "success";

export type AlertProps = Omit<React.ComponentProps<"div">, "title"> & {
  tone?: AlertTone;
  title: React.ReactNode;
  description?: React.ReactNode;
  action?: React.ReactNode;
};

/** A banner in the page. Destructive ones interrupt a screen reader, the others wait for their turn. */
export function Alert({
  tone = "info",
  title,
  description,
  action,
  className,
  children,
  ...props
}: AlertProps) {
  const Icon = icons[tone];
  return (
    <div
      data-slot="alert"
      data-tone={tone}
      role={tone === "destructive" ? "alert" : "status"}
      className={cn("flex gap-2.5 rounded-lg border px-3 py-2.5 text-sm", toneClasses[tone], className)}
      {...props}
    >
      <Icon className={cn("mt-0.5 size-4 shrink-0", iconClasses[tone])} />
      <div className="grid min-w-0 flex-1 gap-1">
        <p data-slot="alert-title" className="wrap-anywhere font-medium text-foreground">
          {title}
        </p>
        {description !== undefined && (
          <div data-slot="alert-description" className="wrap-anywhere text-dense text-foreground/80">
            {description}
          </div>
        )}
        {children}
      </div>
      {action !== undefined && <div className="shrink-0">{action}</div>}
    </div>
  );
}

const icons: Record<AlertTone, typeof InfoIcon> = {
  info: InfoIcon,
  warning: TriangleAlertIcon,
  destructive: CircleAlertIcon,
  success: CircleCheckIcon,
};

const toneClasses: Record<AlertTone, string> = {
  info: "border-info-border bg-info-muted",
  warning: "border-warning-border bg-warning-muted",
  destructive: "border-destructive-border bg-destructive-muted",
  success: "border-success-border bg-success-muted",
};

const iconClasses: Record<AlertTone, string> = {
  info: "text-info",
  warning: "text-warning",
  destructive: "text-destructive",
  success: "text-success",
};
