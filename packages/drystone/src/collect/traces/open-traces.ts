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
  const open = new Map<string, OpenTrace>();
  const closed = closedTraces();
  // A ring in the order of the last spans: behind the head stands the trace that got nothing for longest.
  const head = newTrace("");
  let held = 0;
  let late = 0;
  let latest = head;
  const close = (trace: OpenTrace): void => {
    open.delete(trace.id);
    takeOut(trace);
    held -= trace.spans.length;
    onTrace(trace.spans);
  };
  return {
    add: (span) => {
      if (span.trace !== latest.id) {
        const known = open.get(span.trace);
        if (known === undefined && closed.has(span.trace)) {
          late++;
          return;
        }
        latest = known ?? newTrace(span.trace);
        if (known === undefined) open.set(span.trace, latest);
        else takeOut(latest);
        putLast(latest, head);
      }
      if (latest.spans.length >= mostOfOne) {
        late++;
        return;
      }
      // One string for all of them: most of what a span takes is its ids.
      span.trace = latest.id;
      latest.spans.push(span);
      held++;
      if (held <= most) return;
      for (let oldest = head.after; oldest !== latest; oldest = head.after) {
        if (held <= most * 0.75) break;
        closed.add(oldest.id);
        close(oldest);
      }
    },
    end: () => {
      for (let oldest = head.after; oldest !== head; oldest = head.after) close(oldest);
      latest = head;
    },
    late: () => late,
  };
}

interface OpenTrace {
  readonly id: string;
  readonly spans: Span[];
  before: OpenTrace;
  after: OpenTrace;
}

/** A ring of one. */
function newTrace(id: string): OpenTrace {
  const trace: { -readonly [Key in keyof OpenTrace]: OpenTrace[Key] | null } = { id, spans: [], before: null, after: null };
  trace.before = trace.after = trace as OpenTrace;
  return trace as OpenTrace;
}

function takeOut(trace: OpenTrace): void {
  trace.before.after = trace.after;
  trace.after.before = trace.before;
}

function putLast(trace: OpenTrace, head: OpenTrace): void {
  trace.before = head.before;
  trace.after = head;
  head.before.after = trace;
  head.before = trace;
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
