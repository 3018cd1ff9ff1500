import type { Step } from '../trajectory/record.ts';

/** Drawn with one pen in a square of 16. */
const paths: Record<Step['kind'] | 'cut' | 'undo' | 'eyeOff' | 'warning', string> = {
  edit: 'M3 13l.8-3.2 7-7a1.4 1.4 0 0 1 2 0l.4.4a1.4 1.4 0 0 1 0 2l-7 7L3 13zM9.5 4.2l2.3 2.3',
  view: 'M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8zM8 6a2 2 0 1 1 0 4 2 2 0 0 1 0-4z',
  command: 'M2.5 4.5L6 8l-3.5 3.5M7.5 12h6',
  test: 'M6 2h4M6.8 2v4L3.2 12.3A1.2 1.2 0 0 0 4.3 14h7.4a1.2 1.2 0 0 0 1.1-1.7L9.2 6V2M5 10h6',
  diagnostics: 'M8 2.5L14 13H2L8 2.5zM8 6.5v3M8 11.2v.3',
  debug:
    'M5 6.5a3 3 0 0 1 6 0V10a3 3 0 0 1-6 0V6.5zM5.8 4.4L4.5 3M10.2 4.4L11.5 3M5 8H2.5M11 8h2.5M5 11l-2 1.5M11 11l2 1.5M5 6.5h6',
  file: 'M4 1.8h5l3.5 3.5v8.9H4V1.8zM9 1.8v3.5h3.5',
  git: 'M4.5 3a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3zM4.5 10a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3zM11.5 5a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3zM4.5 6v4M11.5 8c0 2.5-4 1.5-6.3 2.7',
  note: 'M2.5 3h11v8H7l-3 2.7V11H2.5V3zM5 6h6M5 8.2h4',
  resync: 'M13 8a5 5 0 0 1-9.2 2.7M3 8a5 5 0 0 1 9.2-2.7M12.5 2.5v3h-3M3.5 13.5v-3h3',
  cut: 'M4 2.5l6.3 8M12 2.5l-6.3 8M4.3 10a1.9 1.9 0 1 1 0 3.8 1.9 1.9 0 0 1 0-3.8zM11.7 10a1.9 1.9 0 1 1 0 3.8 1.9 1.9 0 0 1 0-3.8z',
  undo: 'M5.5 3L2.5 6l3 3M2.5 6h7a3.5 3.5 0 0 1 0 7H6',
  eyeOff:
    'M2.5 2.5l11 11M6.4 4.1A6.3 6.3 0 0 1 8 3.8c4 0 6.5 4.2 6.5 4.2a12 12 0 0 1-2 2.4M4.2 5.3A12.4 12.4 0 0 0 1.5 8S4 12.2 8 12.2a6.3 6.3 0 0 0 2.6-.6M6.6 6.6a2 2 0 0 0 2.8 2.8',
  warning: 'M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM8 5v3.8M8 10.8v.3',
};

export function Icon({ name, tone = 'plain' }: { name: keyof typeof paths; tone?: string }) {
  return (
    <svg class={`icon ${tone}`} viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
