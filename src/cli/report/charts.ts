/** Charts as SVG text, drawn here: a page that shows them runs no script. */
import { BarChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, GridComponent, SVGRenderer]);

export interface Bar {
  name: string;
  value: number;
}

export interface Theme {
  text: string;
  line: string;
  bar: string;
}

/** Code points of a name on an axis. */
const mostName = 28;

/** Bars that lie, for names; or that stand, for ranges of numbers. */
export function barChart(bars: readonly Bar[], direction: 'lying' | 'standing', theme: Theme): string {
  const names = bars.map(({ name }) => shortened(name));
  const categories = {
    type: 'category' as const,
    data: names,
    inverse: direction === 'lying',
    axisTick: { show: false },
    axisLine: { lineStyle: { color: theme.line } },
    axisLabel: { color: theme.text, interval: direction === 'lying' ? 0 : ('auto' as const) },
  };
  const values = {
    type: 'value' as const,
    minInterval: 1,
    splitLine: { lineStyle: { color: theme.line } },
    axisLabel: { color: theme.text, formatter: compact },
  };
  const widest = Math.max(...names.map((name) => Array.from(name).length));
  const height = direction === 'lying' ? 50 + bars.length * 26 : 260;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: 560, height });
  chart.setOption({
    animation: false,
    textStyle: { fontFamily: 'system-ui, sans-serif' },
    // Nobody measures text here: the room for names is a guess that is never too small.
    grid: {
      left: direction === 'lying' ? 14 + widest * 7.5 : 64,
      right: 64,
      top: 20,
      bottom: 26,
      outerBoundsMode: 'none',
    },
    xAxis: direction === 'lying' ? values : categories,
    yAxis: direction === 'lying' ? categories : values,
    series: [
      {
        type: 'bar',
        data: bars.map(({ value }) => value),
        itemStyle: { color: theme.bar },
        barMaxWidth: 22,
        silent: true,
        label: {
          show: true,
          position: direction === 'lying' ? 'right' : 'top',
          color: theme.text,
          formatter: ({ value }: { value: unknown }) => Number(value).toLocaleString('en'),
        },
      },
    ],
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

/** A number in the room that an axis has. */
export function compact(number: number): string {
  return number.toLocaleString('en', { notation: 'compact' });
}

function shortened(name: string): string {
  const points = Array.from(name);
  return points.length > mostName ? `${points.slice(0, mostName - 1).join('')}…` : name;
}
