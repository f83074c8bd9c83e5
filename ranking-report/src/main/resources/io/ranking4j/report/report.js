'use strict';
(function () {
  const COLORS = 8;
  const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond'];
  const root = document.documentElement;
  const charts = [];

  function css(name) {
    return getComputedStyle(root).getPropertyValue(name).trim();
  }

  function format(value) {
    if (value === null || value === undefined) return '–';
    const size = Math.abs(value);
    if (value === 0) return '0';
    if (size < 1e-4 || size >= 1e15) return value.toExponential(2).replace(/\.?0+e/, 'e').replace('e+', 'e');
    return value.toLocaleString('en-US', { maximumSignificantDigits: size >= 1000 ? 6 : 4 });
  }

  function tick(value) {
    const size = Math.abs(value);
    if (size >= 1e9) return format(value / 1e9) + 'G';
    if (size >= 1e6) return format(value / 1e6) + 'M';
    if (size >= 1e4) return format(value / 1e3) + 'k';
    return format(value);
  }

  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  // All texts of the report reach the page through textContent, or through labels drawn as SVG text: none is parsed.
  function tip(chart, params) {
    const list = Array.isArray(params) ? params : [params];
    const box = element('div', 'tip');
    let first = true;
    for (const item of list) {
      const of = chart.owners[item.seriesIndex];
      if (!of || of.part !== 'main') continue;
      const series = chart.data.series[of.series];
      const point = series.points[item.dataIndex];
      if (!point) continue;
      const place = chart.data.categories
        ? chart.data.categories[point[0]]
        : chart.data.x.label + ' ' + format(point[0]);
      if (first || list.length === 1) box.append(element('b', '', place));
      first = false;
      let text = series.name + ': ' + format(point[1]);
      if (point[2] !== null && point[2] !== undefined) text += ' [' + format(point[2]) + ', ' + format(point[3]) + ']';
      if (point[4]) text += ' (' + point[4] + ')';
      box.append(element('div', '', text));
    }
    return first ? '' : box;
  }

  function color(series, index) {
    return series.mark === 'REFERENCE' ? css('--muted') : css('--c' + (index % COLORS));
  }

  function hasInterval(point) {
    return point[2] !== null && point[2] !== undefined && point[3] !== null && point[3] !== undefined;
  }

  /** The series of the chart library that draw one of ours; those of one name are switched together. */
  function drawn(chart, series, index, ink) {
    const horizontal = !!chart.data.categories;
    const at = (x, y) => (horizontal ? [y, x] : [x, y]);
    const name = 's' + index;
    const owners = chart.owners;
    const made = [];
    const add = (part, option) => {
      owners.push({ series: index, part: part });
      made.push(Object.assign({ name: name, z: 2 + index, itemStyle: { color: ink }, color: ink, emphasis: { disabled: true } }, option));
    };
    const main = series.points.map((point) => at(point[0], point[1]));
    const bars = series.mark === 'POINTS' || series.mark === 'LINE_WITH_POINTS';
    const across = offset(chart, series, index);
    if (series.points.some(hasInterval)) {
      if (bars) add('interval', intervals(series, horizontal, across, ink));
      else if (series.mark === 'LINE') add('band', band(series, ink));
    }
    const symbol = SYMBOLS[index % SYMBOLS.length];
    switch (series.mark) {
      case 'BARS':
        add('main', { type: 'bar', data: main, barMaxWidth: 18 });
        break;
      case 'POINTS':
        add('main', { type: 'scatter', data: series.points.map((p) => at(p[0] + across, p[1])), symbol: symbol, symbolSize: 8 });
        break;
      case 'LINE_WITH_POINTS':
        add('main', { type: 'line', data: main, symbol: symbol, symbolSize: 7, showSymbol: true, showAllSymbol: true, lineStyle: { width: 1.75, color: ink } });
        break;
      case 'REFERENCE':
        add('main', { type: 'line', data: main, showSymbol: false, silent: true, lineStyle: { width: 1, type: 'dashed', color: ink } });
        break;
      case 'HISTOGRAM':
        add('main', {
          type: 'line', step: 'end', data: main, showSymbol: false,
          lineStyle: { width: 1.5, color: ink }, areaStyle: { color: ink, opacity: 0.22, origin: 'start' },
        });
        break;
      case 'STEPS':
        add('main', { type: 'line', step: 'end', data: main, showSymbol: main.length === 1, symbol: symbol, lineStyle: { width: 2, color: ink } });
        break;
      default:
        add('main', { type: 'line', data: main, showSymbol: main.length === 1, symbol: symbol, lineStyle: { width: 2, color: ink } });
    }
    return made;
  }

  /** A bar through each point from one end of its interval to the other. */
  function intervals(series, horizontal, across, ink) {
    const data = series.points.filter(hasInterval).map((point) => [point[0] + across, point[2], point[3]]);
    return {
      type: 'custom', data: data, silent: true, clip: true, tooltip: { show: false },
      encode: horizontal ? { x: [1, 2], y: 0 } : { x: 0, y: [1, 2] },
      renderItem: (params, api) => {
        const ends = [1, 2].map((end) =>
          horizontal ? api.coord([api.value(end), api.value(0)]) : api.coord([api.value(0), api.value(end)]));
        const shape = { x1: ends[0][0], y1: ends[0][1], x2: ends[1][0], y2: ends[1][1] };
        return { type: 'line', shape: shape, style: { stroke: ink, lineWidth: 1.5, opacity: 0.75 } };
      },
    };
  }

  /** The area between the ends of the intervals, in one piece for every stretch of points that have one. */
  function band(series, ink) {
    const data = series.points.filter(hasInterval).map((point) => [point[0], point[2], point[3]]);
    return {
      type: 'custom', data: data, silent: true, clip: true, z: 1, tooltip: { show: false },
      encode: { x: 0, y: [1, 2] },
      renderItem: (params, api) => {
        if (params.context.drawn) return null;
        params.context.drawn = true;
        const children = stretches(series.points).map((stretch) => ({
          type: 'polygon',
          shape: {
            points: stretch.map((p) => api.coord([p[0], p[3]])).concat(stretch.map((p) => api.coord([p[0], p[2]])).reverse()),
          },
          style: { fill: ink, opacity: 0.18 },
        }));
        return { type: 'group', children: children };
      },
    };
  }

  function stretches(points) {
    const found = [];
    let open = null;
    for (const point of points) {
      if (!hasInterval(point)) open = null;
      else if (open) open.push(point);
      else found.push((open = [point]));
    }
    return found;
  }

  /** Points of several series in one category stand a little apart. */
  function offset(chart, series, index) {
    const count = chart.data.series.length;
    if (!chart.data.categories || series.mark !== 'POINTS' || count < 2) return 0;
    return ((index + 0.5) / count - 0.5) * 0.6;
  }

  function axis(of, colors, narrow) {
    const option = {
      type: of.log ? 'log' : 'value',
      scale: true,
      splitNumber: narrow ? 4 : 5,
      axisLabel: { color: colors.muted, fontSize: 12, hideOverlap: true, formatter: tick },
      axisLine: { show: true, onZero: false, lineStyle: { color: colors.line } },
      axisTick: { show: true, lineStyle: { color: colors.line } },
      splitLine: { show: true, lineStyle: { color: colors.grid } },
    };
    if (of.min !== undefined) option.min = of.min;
    if (of.max !== undefined) option.max = of.max;
    if (!of.log && of.min !== undefined && of.max !== undefined) option.interval = roundStep(of.max - of.min);
    return option;
  }

  /** The step of about five that is the roundest: 1, 2, 2.5 or 5 times a power of ten where there is such a one. */
  function roundStep(range) {
    for (const parts of [5, 4, 6]) {
      const step = range / parts;
      const mantissa = step / Math.pow(10, Math.floor(Math.log10(step) + 1e-9));
      if ([1, 2, 2.5, 5].some((round) => Math.abs(mantissa - round) < 1e-6)) return step;
    }
    return range / 5;
  }

  function option(chart) {
    const data = chart.data;
    const colors = { muted: css('--muted'), line: css('--line'), grid: css('--grid'), text: css('--text') };
    const width = chart.plot.clientWidth;
    const narrow = width < 420;
    chart.owners = [];
    const series = [];
    data.series.forEach((one, index) => series.push(...drawn(chart, one, index, color(one, index))));
    let x;
    let y;
    if (data.categories) {
      x = axis(data.y, colors, narrow);
      // A bar is as long as its value: its axis must hold 0.
      if (data.series.some((one) => one.mark === 'BARS')) x.scale = false;
      const count = data.categories.length;
      // Points stand beside each other within a category, which an axis of names cannot do: they get one of numbers.
      const usesPoints = data.series.some((one) => one.mark === 'POINTS');
      const label = {
        color: colors.text, fontSize: 12, width: Math.min(180, Math.max(80, width * 0.32)), overflow: 'truncate', interval: 0,
      };
      y = usesPoints
        ? {
            type: 'value', inverse: true, min: -0.5, max: count - 0.5, interval: 1,
            axisLabel: { show: false }, axisTick: { show: false }, splitLine: { show: false },
            axisLine: { show: false },
          }
        : null;
      const names = {
        type: 'category', inverse: true, data: data.categories.map((name) => name.replace(/\s+/g, ' ')), position: 'left', axisLabel: label,
        axisTick: { show: false }, axisLine: { show: true, lineStyle: { color: colors.line } },
        splitLine: { show: true, interval: 0, lineStyle: { color: colors.grid } },
      };
      if (usesPoints) {
        series.push({ type: 'bar', yAxisIndex: 1, data: data.categories.map(() => null), silent: true });
        y = [y, names];
      } else {
        y = names;
      }
    } else {
      x = axis(data.x, colors, narrow);
      y = axis(data.y, colors, narrow);
      if (data.series.every((one) => one.points.every((point) => Number.isInteger(point[0])))) x.minInterval = 1;
    }
    const touchesItems = data.categories || data.series.some((one) => one.mark === 'POINTS' || one.mark === 'LINE_WITH_POINTS');
    return {
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: colors.text },
      grid: { left: 2, right: 18, top: 12, bottom: 2, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      xAxis: x,
      yAxis: y,
      legend: { show: false, data: data.series.map((one, index) => 's' + index), selected: chart.selected },
      tooltip: {
        trigger: touchesItems ? 'item' : 'axis',
        confine: true,
        backgroundColor: css('--surface'),
        borderColor: colors.line,
        textStyle: { color: colors.text },
        axisPointer: { type: 'line', lineStyle: { color: colors.muted } },
        formatter: (params) => tip(chart, params),
      },
      series: series,
    };
  }

  function swatch(series, index) {
    const NS = 'http://www.w3.org/2000/svg';
    const svg = document.createElementNS(NS, 'svg');
    svg.setAttribute('width', '22');
    svg.setAttribute('height', '12');
    svg.setAttribute('aria-hidden', 'true');
    const ink = series.mark === 'REFERENCE' ? 'var(--muted)' : 'var(--c' + (index % COLORS) + ')';
    const add = (tag, attributes) => {
      const shape = document.createElementNS(NS, tag);
      for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
      svg.append(shape);
    };
    const filled = series.mark === 'BARS' || series.mark === 'HISTOGRAM';
    const style = 'fill:' + ink + ';stroke:' + ink;
    if (filled) add('rect', { x: 3, y: 1, width: 16, height: 10, style: style + (series.mark === 'BARS' ? '' : ';fill-opacity:.22') });
    else if (series.mark !== 'POINTS') {
      const dash = series.mark === 'REFERENCE' ? ';stroke-dasharray:4 3' : '';
      add('line', { x1: 1, y1: 6, x2: 21, y2: 6, style: style + ';stroke-width:2' + dash });
    }
    if (series.mark === 'POINTS' || series.mark === 'LINE_WITH_POINTS') {
      const shapes = ['M11 2a4 4 0 1 0 0.01 0z', 'M7 2h8v8h-8z', 'M11 1.5l4.5 8.5h-9z', 'M11 1l4.5 5-4.5 5-4.5-5z'];
      add('path', { d: shapes[index % shapes.length], style: style });
    }
    return svg;
  }

  function legend(chart) {
    const box = element('div', 'legend');
    box.setAttribute('role', 'group');
    box.setAttribute('aria-label', 'Series of the chart; press to hide or show');
    chart.data.series.forEach((series, index) => {
      const button = element('button');
      button.type = 'button';
      button.setAttribute('aria-pressed', 'true');
      button.append(swatch(series, index), element('bdi', '', series.name));
      button.addEventListener('click', () => {
        const name = 's' + index;
        chart.selected[name] = chart.selected[name] === false;
        button.setAttribute('aria-pressed', String(chart.selected[name]));
        paint(chart);
      });
      box.append(button);
    });
    return box;
  }

  function paint(chart) {
    chart.echarts.setOption(option(chart), { notMerge: true });
    const svg = chart.plot.querySelector('svg');
    if (svg) svg.setAttribute('aria-hidden', 'true');
  }

  function begin(plot) {
    const data = JSON.parse(document.getElementById(plot.id + '-data').textContent);
    const chart = { plot: plot, data: data, selected: {}, owners: [], echarts: null, width: 0 };
    const categories = data.categories ? data.categories.length : 0;
    if (categories) {
      const lines = data.series.length;
      plot.style.height = 50 + categories * Math.max(26, 12 + lines * 12) + 'px';
    }
    plot.setAttribute('role', 'img');
    plot.setAttribute('aria-label', plot.dataset.title);
    if (document.getElementById(plot.id + '-summary')) plot.setAttribute('aria-describedby', plot.id + '-summary');
    if (data.series.length > 1 || data.series[0].name) plot.before(legend(chart));
    if (!data.categories) plot.before(element('div', 'label y', '↑ ' + data.y.label));
    plot.after(element('div', 'label x', (data.categories ? data.y.label : data.x.label) + ' →'));
    chart.echarts = echarts.init(plot, null, { renderer: 'svg' });
    charts.push(chart);
    paint(chart);
    new ResizeObserver(() => {
      const width = plot.clientWidth;
      if (width === chart.width || width === 0) return;
      chart.width = width;
      chart.echarts.resize();
      paint(chart);
    }).observe(plot);
  }

  function repaint() {
    charts.forEach(paint);
  }

  const THEMES = ['auto', 'light', 'dark'];
  const STORED = 'ranking4j-report-theme';
  const toggle = document.getElementById('theme');
  let theme = 'auto';

  function setTheme(next) {
    theme = next;
    if (next === 'auto') root.removeAttribute('data-theme');
    else root.setAttribute('data-theme', next);
    toggle.textContent = 'Theme: ' + next;
    repaint();
  }

  // Some browsers refuse storage to files; the choice is then forgotten on leaving.
  function stored() {
    try {
      return localStorage.getItem(STORED);
    } catch (refused) {
      return null;
    }
  }

  function store(value) {
    try {
      localStorage.setItem(STORED, value);
    } catch (refused) {
      return;
    }
  }

  toggle.hidden = false;
  toggle.addEventListener('click', () => {
    setTheme(THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]);
    store(theme);
  });
  const before = stored();
  setTheme(THEMES.includes(before) ? before : 'auto');
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', repaint);
  document.querySelectorAll('.plot').forEach(begin);
})();
