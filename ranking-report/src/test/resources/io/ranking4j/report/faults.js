// What is wrong with the drawing: series without marks, labels that overlap or are cut off, a page wider than its screen.
(() => {
  const faults = [];
  const root = getComputedStyle(document.documentElement);
  const probe = document.createElement('i');
  document.body.append(probe);
  const rgb = (colour) => {
    probe.style.color = colour;
    return getComputedStyle(probe).color;
  };
  const shrunk = (element) => {
    const r = element.getBoundingClientRect();
    return { left: r.left + 1, right: r.right - 1, top: r.top + 2, bottom: r.bottom - 2, text: element.textContent };
  };
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

  if (document.documentElement.scrollWidth > window.innerWidth) {
    faults.push('the page is ' + document.documentElement.scrollWidth + ' wide');
  }
  for (const plot of document.querySelectorAll('.plot')) {
    const name = plot.id + ' (' + plot.dataset.title.slice(0, 40) + '): ';
    const svg = plot.querySelector('svg');
    if (!svg) {
      faults.push(name + 'nothing is drawn');
      continue;
    }
    const frame = svg.getBoundingClientRect();
    const data = JSON.parse(document.getElementById(plot.id + '-data').textContent);
    const shapes = [...svg.querySelectorAll('path, rect, circle, polygon, polyline, line')];
    const inked = (colour) =>
      shapes.filter((shape) => ['fill', 'stroke'].some((kind) => {
        const ink = shape.getAttribute(kind);
        return ink && ink !== 'none' && ink !== 'transparent' && rgb(ink) === colour;
      }));
    const texts = [...svg.querySelectorAll('text')].filter((text) => text.textContent.trim()).map(shrunk);
    if (texts.length < 4) faults.push(name + 'only ' + texts.length + ' labels');
    data.series.forEach((series, index) => {
      if (!series.points.some((point) => point[1] !== null)) return;
      const reference = series.mark === 'REFERENCE';
      const marks = inked(rgb(root.getPropertyValue(reference ? '--muted' : '--c' + (index % 8)).trim()));
      if (marks.length === 0) faults.push(name + 'no marks of series ' + index);
      for (const mark of marks) {
        const box = mark.getBoundingClientRect();
        for (const text of texts) {
          if (meet(box, text)) faults.push(name + 'a mark of series ' + index + ' covers "' + text.text + '"');
        }
      }
    });
    texts.forEach((text, i) => {
      if (text.left < frame.left || text.right > frame.right || text.top < frame.top - 2 || text.bottom > frame.bottom + 2) {
        faults.push(name + '"' + text.text + '" is cut off');
      }
      for (const other of texts.slice(i + 1)) {
        if (meet(text, other)) faults.push(name + '"' + text.text + '" overlaps "' + other.text + '"');
      }
    });
    const parts = [...plot.parentElement.children].filter((part) => part.getClientRects().length > 0).map(shrunk);
    parts.forEach((part, i) => {
      for (const other of parts.slice(i + 1)) {
        if (meet(part, other)) faults.push(name + 'parts of the figure overlap');
      }
    });
  }
  probe.remove();
  return faults;
})()
