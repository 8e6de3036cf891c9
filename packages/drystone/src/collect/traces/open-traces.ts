/** Spans of traces that are still being read: a trace is closed when nothing of it came for long, so that memory does not grow with the file. */
import type { Span } from "./span.js";

export interface OpenTraces {
  add(span: Span): void;
  /** Closes all. */
  end(): void;
  /** Spans that came after their trace was closed. */
  readonly late: () => number;
}

export interface OpenTracesOptions {
  /** Spans held at most, over all traces. */
  readonly most?: number;
  /** Spans of one trace; more are left out. */
  readonly mostOfOne?: number;
}

/** @param onTrace gets the spans of one trace, in the order in which they came. */
export function openTraces(onTrace: (spans: Span[]) => void, options: OpenTracesOptions = {}): OpenTraces {
  const { most = 80_000, mostOfOne = 20_000 } = options;
  const open = new Map<string, Span[]>();
  const closed = closedTraces();
  let held = 0;
  let late = 0;
  let latest = "";
  let latestSpans: Span[] = [];
  const close = (trace: string, spans: Span[]): void => {
    open.delete(trace);
    held -= spans.length;
    onTrace(spans);
  };
  return {
    add: (span) => {
      if (span.trace !== latest) {
        const spans = open.get(span.trace);
        if (spans === undefined && closed.has(span.trace)) {
          late++;
          return;
        }
        latest = span.trace;
        latestSpans = spans ?? [];
        // The order of the map is the order of the last spans.
        if (spans !== undefined) open.delete(latest);
        open.set(latest, latestSpans);
      }
      if (latestSpans.length >= mostOfOne) {
        late++;
        return;
      }
      latestSpans.push(span);
      held++;
      if (held <= most) return;
      for (const [trace, spans] of open) {
        if (held <= most * 0.75 || trace === latest) break;
        closed.add(trace);
        close(trace, spans);
      }
    },
    end: () => {
      for (const [trace, spans] of open) close(trace, spans);
      latest = "";
    },
    late: () => late,
  };
}

const slots = 1 << 20;

/** Remembers about a million traces in 4 MB; of two that fall together the later one stays. */
function closedTraces(): { add(trace: string): void; has(trace: string): boolean } {
  let marks: Int32Array | null = null;
  return {
    add: (trace) => {
      marks ??= new Int32Array(slots);
      marks[slotOf(trace)] = markOf(trace);
    },
    has: (trace) => marks !== null && marks[slotOf(trace)] === markOf(trace),
  };
}

function slotOf(trace: string): number {
  return Number.parseInt(trace.slice(-5), 16) & (slots - 1);
}

function markOf(trace: string): number {
  return Number.parseInt(trace.slice(-13, -5), 16) | 1;
}
