/** Upper bounds of the buckets in which answering times are counted, seconds. */
const buckets = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 60];

export interface Gauges {
  readonly running: number;
  readonly waiting: number;
  readonly cachedBytes: number;
  readonly uptimeSeconds: number;
  readonly residentBytes: number;
}

export interface Metrics {
  /** counts one response; `route` is a question's name or the kind of another path, never what a caller typed */
  readonly count: (route: string, status: number, seconds: number) => void;
  readonly cacheHit: () => void;
  /** the text that Prometheus reads (exposition format 0.0.4) */
  readonly text: (gauges: Gauges, versions: { readonly data: string; readonly code: string }) => string;
}

/** A label's value as the format wants it: backslash, quote and line break escaped. */
const label = (value: string) => value.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');

export function createMetrics(): Metrics {
  const requests = new Map<string, number>();
  const times = new Map<string, { counts: number[]; sum: number; total: number }>();
  let hits = 0;
  return {
    count(route, status, seconds) {
      const key = `route="${label(route)}",status="${status}"`;
      requests.set(key, (requests.get(key) ?? 0) + 1);
      const of = times.get(route) ?? { counts: buckets.map(() => 0), sum: 0, total: 0 };
      buckets.forEach((most, k) => {
        if (seconds <= most) of.counts[k]!++;
      });
      of.sum += seconds;
      of.total++;
      times.set(route, of);
    },
    cacheHit: () => {
      hits++;
    },
    text(gauges, versions) {
      const family = (name: string, type: string, help: string, lines: readonly string[]) => [
        `# HELP ${name} ${help}`,
        `# TYPE ${name} ${type}`,
        ...lines,
      ];
      const one = (name: string, type: string, help: string, value: number) =>
        family(name, type, help, [`${name} ${value}`]);
      const seconds = [...times].flatMap(([route, of]) => {
        const at = `route="${label(route)}"`;
        const name = 'headwater_request_seconds';
        return [
          ...buckets.map((most, k) => `${name}_bucket{${at},le="${most}"} ${of.counts[k]}`),
          `${name}_bucket{${at},le="+Inf"} ${of.total}`,
          `${name}_sum{${at}} ${of.sum}`,
          `${name}_count{${at}} ${of.total}`,
        ];
      });
      return `${[
        ...family('headwater_info', 'gauge', 'Versions of the data and the code.', [
          `headwater_info{data_version="${label(versions.data)}",code_version="${label(versions.code)}"} 1`,
        ]),
        ...family(
          'headwater_requests_total',
          'counter',
          'Responses by route and status.',
          [...requests].map(([at, n]) => `headwater_requests_total{${at}} ${n}`),
        ),
        ...family('headwater_request_seconds', 'histogram', 'Time to answer.', seconds),
        ...one('headwater_running', 'gauge', 'Questions being answered.', gauges.running),
        ...one('headwater_waiting', 'gauge', 'Questions standing in line.', gauges.waiting),
        ...one('headwater_cache_hits_total', 'counter', 'Answers given from memory.', hits),
        ...one('headwater_cache_bytes', 'gauge', 'Size of the answers kept.', gauges.cachedBytes),
        ...one('process_uptime_seconds', 'gauge', 'Seconds since the start.', gauges.uptimeSeconds),
        ...one('process_resident_memory_bytes', 'gauge', 'Resident memory.', gauges.residentBytes),
      ].join('\n')}\n`;
    },
  };
}
