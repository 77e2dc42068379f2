extension MapPage {
    /// The part of the page's script that answers the reader: by pointer, by keys, and in the panel.
    static let behavior = #"""
        function zoom(factor, x = canvas.clientWidth / 2, y = canvas.clientHeight / 2) {
          const smallest = Math.min(canvas.clientWidth, canvas.clientHeight) * .3 / extent;
          const scale = Math.max(smallest, Math.min(smallest * 2000, view.scale * factor));
          view.x = x - (x - view.x) * scale / view.scale;
          view.y = y - (y - view.y) * scale / view.scale;
          view.scale = scale;
          redraw();
        }

        function headline(i) { return data.titles[i] || data.ids[i]; }

        function line(parent, kind, text) {
          const child = document.createElement(kind);
          child.textContent = text;
          parent.append(child);
          return child;
        }

        function hover(i, x, y) {
          const tip = element('tip');
          tip.hidden = i < 0;
          if (i !== state.hovered) { state.hovered = i; redraw(); }
          if (i < 0) return;
          tip.replaceChildren();
          line(tip, 'div', headline(i));
          for (const text of [data.authors[i], data.details[i], groupName(i)]) if (text) line(tip, 'small', text);
          tip.style.left = Math.max(4, Math.min(x + 14, canvas.clientWidth - tip.offsetWidth - 8)) + 'px';
          tip.style.top = Math.max(4, Math.min(y + 14, canvas.clientHeight - tip.offsetHeight - 8)) + 'px';
        }

        function groupName(i) {
          const group = state.coloring.members[i];
          return group < 0 || state.coloring.name === 'year' ? '' : state.coloring.groups[group];
        }

        function select(i, moves) {
          state.selected = i;
          const card = element('card');
          card.hidden = i < 0;
          card.replaceChildren();
          if (i >= 0) {
            line(card, 'h2', headline(i));
            for (const text of [data.authors[i], data.details[i], groupName(i), data.ids[i]])
              if (text) line(card, 'p', text);
            if (data.links[i]) {
              const link = line(line(card, 'p', ''), 'a', 'Open the paper');
              link.href = data.links[i];
              link.rel = 'noopener noreferrer';
              link.target = '_blank';
            }
            if (moves) {
              view.x = canvas.clientWidth / 2 - xs[i] * view.scale;
              view.y = canvas.clientHeight / 2 - ys[i] * view.scale;
            }
          }
          redraw();
        }

        // The pointer: drag to move, wheel or two fingers to zoom, click to choose.
        const pointers = new Map();
        let dragged = 0;
        canvas.addEventListener('pointerdown', event => {
          canvas.setPointerCapture(event.pointerId);
          pointers.set(event.pointerId, [event.offsetX, event.offsetY]);
          if (pointers.size === 1) dragged = 0;
          canvas.classList.add('moving');
        });
        canvas.addEventListener('pointermove', event => {
          const known = pointers.get(event.pointerId), x = event.offsetX, y = event.offsetY;
          if (!known) { hover(nearest(x, y, radius() + 6), x, y); return; }
          const others = [...pointers].filter(([id]) => id !== event.pointerId).map(([, place]) => place);
          if (others.length) {
            const [ox, oy] = others[0];
            zoom(Math.hypot(x - ox, y - oy) / Math.max(1, Math.hypot(known[0] - ox, known[1] - oy)), ox, oy);
          } else {
            view.x += x - known[0];
            view.y += y - known[1];
            hover(-1);
          }
          dragged += Math.abs(x - known[0]) + Math.abs(y - known[1]);
          pointers.set(event.pointerId, [x, y]);
          redraw();
        });
        for (const name of ['pointerup', 'pointercancel']) {
          canvas.addEventListener(name, event => {
            pointers.delete(event.pointerId);
            if (!pointers.size) canvas.classList.remove('moving');
            if (name === 'pointerup' && dragged < 5) select(nearest(event.offsetX, event.offsetY, radius() + 6), false);
          });
        }
        canvas.addEventListener('pointerleave', () => hover(-1));
        canvas.addEventListener('wheel', event => {
          event.preventDefault();
          zoom(Math.exp(-event.deltaY * (event.deltaMode ? .05 : .0016)), event.offsetX, event.offsetY);
        }, { passive: false });

        // The keys.
        canvas.addEventListener('keydown', event => {
          const step = 60, moves = { ArrowLeft: [step, 0], ArrowRight: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
          if (event.ctrlKey || event.metaKey || event.altKey) return;
          if (moves[event.key]) {
            view.x += moves[event.key][0];
            view.y += moves[event.key][1];
            redraw();
          } else if (event.key === '+' || event.key === '=') zoom(1.3);
          else if (event.key === '-') zoom(1 / 1.3);
          else if (event.key === '0') { fit(); redraw(); }
          else if (event.key === 'Escape') { select(-1, false); hover(-1); }
          else if (event.key === 'n' || event.key === 'p') goOn(event.key === 'n' ? 1 : -1);
          else return;
          event.preventDefault();
        });

        /** Chooses the next or the last shown paper. */
        function goOn(direction) {
          for (let tried = 0, i = state.selected; tried < count; tried++) {
            i = ((i < 0 && direction < 0 ? 0 : i) + direction + count) % count;
            if (isShown(i)) { select(i, true); return; }
          }
        }

        // The panel.
        function search() {
          const words = element('search').value.toLowerCase().split(/\s+/).filter(Boolean);
          const results = element('results');
          results.replaceChildren();
          state.found = words.length ? new Set() : null;
          if (words.length) {
            for (let i = 0; i < count; i++) {
              const text = `${data.titles[i]} ${data.authors[i]} ${data.ids[i]}`.toLowerCase();
              if (words.every(word => text.includes(word))) state.found.add(i);
            }
            for (const i of [...state.found].slice(0, 50)) {
              const button = line(line(results, 'li', ''), 'button', '');
              button.type = 'button';
              line(button, 'span', headline(i));
              button.addEventListener('click', () => select(i, true));
            }
          }
          element('found').textContent =
            words.length ? `${state.found.size} ${state.found.size === 1 ? 'paper' : 'papers'} found` : '';
          redraw();
        }

        function showColoring(name) {
          state.coloring = data.colorings.find(coloring => coloring.name === name) || data.colorings[0]
            || { name: 'topic', groups: [], colors: [], members: new Array(count).fill(-1) };
          state.group = -1;
          const legend = element('legend'), sizes = new Array(state.coloring.groups.length).fill(0);
          for (const group of state.coloring.members) if (group >= 0) sizes[group]++;
          legend.replaceChildren();
          state.coloring.groups.slice(0, 200).forEach((text, group) => {
            const button = line(line(legend, 'li', ''), 'button', '');
            button.type = 'button';
            button.setAttribute('aria-pressed', 'false');
            line(button, 'i', '').style.background = state.coloring.colors[group];
            line(button, 'span', text);
            line(button, 'small', sizes[group].toLocaleString('en'));
            button.addEventListener('click', () => {
              state.group = state.group === group ? -1 : group;
              [...legend.querySelectorAll('button')].forEach((other, place) =>
                other.setAttribute('aria-pressed', String(place === state.group)));
              redraw();
            });
          });
          redraw();
        }

        function showTheme(isDark) {
          document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
          element('theme').textContent = isDark ? 'Light' : 'Dark';
          redraw();
        }

        const dark = window.matchMedia('(prefers-color-scheme: dark)');
        dark.addEventListener('change', event => showTheme(event.matches));
        element('theme').addEventListener('click', () =>
          showTheme(document.documentElement.dataset.theme !== 'dark'));
        element('search').addEventListener('input', search);
        element('labels').addEventListener('change', redraw);
        element('coloring').addEventListener('change', event => showColoring(event.target.value));
        element('title').textContent = data.title;
        element('summary').textContent =
          `${count.toLocaleString('en')} ${count === 1 ? 'paper' : 'papers'}, ${data.labels.length} ${data.labels.length === 1 ? 'topic' : 'topics'}`;
        for (const coloring of data.colorings) line(element('coloring'), 'option', coloring.name).value = coloring.name;
        if (data.colorings.some(coloring => coloring.name === data.first)) element('coloring').value = data.first;
        showColoring(data.first);
        showTheme(dark.matches);
        fit();
        new ResizeObserver(resize).observe(canvas);

        """#
}
