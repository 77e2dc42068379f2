extension MapPage {
    /// The part of the page's script that draws the map and finds papers on it.
    static let drawing = #"""
        'use strict';
        const data = JSON.parse(document.getElementById('data').textContent);
        const extent = 65535, count = data.x.length;
        const xs = Uint16Array.from(data.x), ys = Uint16Array.from(data.y);
        const element = id => document.getElementById(id);
        const canvas = element('map'), context = canvas.getContext('2d');
        const view = { scale: 1, x: 0, y: 0 };
        const state = { coloring: null, group: -1, found: null, hovered: -1, selected: -1, ratio: 1, waiting: false };

        // A grid of cells, each with the papers in it, so that the one under the pointer is found at once.
        const cells = Math.max(1, Math.min(256, Math.ceil(Math.sqrt(count / 4))));
        const cellOf = value => Math.min(cells - 1, Math.floor(value * cells / (extent + 1)));
        const starts = new Uint32Array(cells * cells + 1), inCells = new Uint32Array(count);
        for (let i = 0; i < count; i++) starts[cellOf(ys[i]) * cells + cellOf(xs[i]) + 1]++;
        for (let cell = 0; cell < cells * cells; cell++) starts[cell + 1] += starts[cell];
        const next = starts.slice();
        for (let i = 0; i < count; i++) inCells[next[cellOf(ys[i]) * cells + cellOf(xs[i])]++] = i;

        /** The paper nearest to a place on the screen, within a radius; -1 for none. */
        function nearest(x, y, radius) {
          const left = (x - view.x) / view.scale, top = (y - view.y) / view.scale, reach = radius / view.scale;
          let best = -1, bestSquare = reach * reach;
          for (let row = cellOf(Math.max(0, top - reach)); row <= cellOf(Math.max(0, top + reach)); row++) {
            for (let cell = row * cells + cellOf(Math.max(0, left - reach));
              cell <= row * cells + cellOf(Math.max(0, left + reach)); cell++) {
              for (let place = starts[cell]; place < starts[cell + 1]; place++) {
                const i = inCells[place], square = (xs[i] - left) ** 2 + (ys[i] - top) ** 2;
                if (square <= bestSquare && isShown(i)) { best = i; bestSquare = square; }
              }
            }
          }
          return best;
        }

        function isShown(i) {
          return (state.group < 0 || state.coloring.members[i] === state.group)
            && (state.found === null || state.found.has(i));
        }

        function color(group) { return group < 0 ? '#8a8f98' : state.coloring.colors[group]; }

        function css(name) { return getComputedStyle(document.documentElement).getPropertyValue(name).trim(); }

        // Small groups may lie far out: what is shown at first is where 99 of 100 papers are.
        const range = values => {
          const sorted = values.slice().sort();
          return [sorted[Math.floor((count - 1) * .005)], sorted[Math.ceil((count - 1) * .995)]];
        };
        const [leftmost, rightmost] = count ? range(xs) : [0, extent], [lowest, highest] = count ? range(ys) : [0, extent];

        function fit() {
          const width = Math.max(rightmost - leftmost, extent / 50), height = Math.max(highest - lowest, extent / 50);
          view.scale = Math.max(1 / extent, Math.min(canvas.clientWidth / width, canvas.clientHeight / height) * .88);
          view.x = canvas.clientWidth / 2 - view.scale * (leftmost + rightmost) / 2;
          view.y = canvas.clientHeight / 2 - view.scale * (lowest + highest) / 2;
        }

        function resize() {
          state.ratio = Math.min(2, window.devicePixelRatio || 1);
          canvas.width = Math.max(1, Math.round(canvas.clientWidth * state.ratio));
          canvas.height = Math.max(1, Math.round(canvas.clientHeight * state.ratio));
          draw();
        }

        function redraw() {
          if (state.waiting) return;
          state.waiting = true;
          requestAnimationFrame(() => { state.waiting = false; draw(); });
        }

        function radius() {
          const zoom = view.scale * extent / Math.max(1, Math.min(canvas.clientWidth, canvas.clientHeight));
          return Math.max(.6, Math.min(7, 42 / Math.sqrt(count) * Math.sqrt(zoom) * 2));
        }

        function draw() {
          const ratio = state.ratio, size = radius() * ratio;
          context.setTransform(1, 0, 0, 1, 0, 0);
          context.clearRect(0, 0, canvas.width, canvas.height);
          if (count > 6000) drawPixels(size); else drawCircles(size);
          context.setTransform(ratio, 0, 0, ratio, 0, 0);
          if (element('labels').checked) drawLabels();
          for (const i of new Set([state.hovered, state.selected])) {
            if (i < 0) continue;
            context.beginPath();
            context.arc(xs[i] * view.scale + view.x, ys[i] * view.scale + view.y, radius() + 4, 0, 7);
            context.lineWidth = 2;
            context.strokeStyle = css('--ink');
            context.stroke();
          }
        }

        /** Few papers, as smooth circles. */
        function drawCircles(size) {
          for (const shown of [false, true]) {
            context.globalAlpha = shown ? .85 : .12;
            for (let i = 0; i < count; i++) {
              if (isShown(i) !== shown) continue;
              context.fillStyle = color(state.coloring.members[i]);
              context.beginPath();
              context.arc((xs[i] * view.scale + view.x) * state.ratio, (ys[i] * view.scale + view.y) * state.ratio,
                size, 0, 7);
              context.fill();
            }
          }
          context.globalAlpha = 1;
        }

        /** Many papers, pixel by pixel: a hundred thousand take some milliseconds. */
        function drawPixels(size) {
          const width = canvas.width, height = canvas.height;
          const image = context.createImageData(width, height), pixels = new Uint32Array(image.data.buffer);
          const palette = state.coloring.colors.concat('#8a8f98').map(text => {
            const value = parseInt(text.slice(1), 16);
            return (value >> 16) | (value & 0xff00) | ((value & 255) << 16);
          });
          const half = Math.max(0, Math.round(size - .5)), offsets = [];
          for (let y = -half; y <= half; y++)
            for (let x = -half; x <= half; x++) if (x * x + y * y <= size * size + .5) offsets.push(x, y);
          const scale = view.scale * state.ratio, left = view.x * state.ratio, top = view.y * state.ratio;
          const members = state.coloring.members, last = palette.length - 1;
          const isFiltered = state.group >= 0 || state.found !== null;
          for (const shown of isFiltered ? [false, true] : [true]) {
            const alpha = (shown ? 0xd8 : 0x20) << 24;
            for (let i = 0; i < count; i++) {
              const x = (xs[i] * scale + left) | 0, y = (ys[i] * scale + top) | 0;
              if (x < -half || y < -half || x >= width + half || y >= height + half) continue;
              if (isFiltered && isShown(i) !== shown) continue;
              const value = (palette[members[i] < 0 ? last : members[i]] | alpha) >>> 0;
              for (let k = 0; k < offsets.length; k += 2) {
                const column = x + offsets[k], row = y + offsets[k + 1];
                if (column >= 0 && column < width && row >= 0 && row < height) pixels[row * width + column] = value;
              }
            }
          }
          context.putImageData(image, 0, 0);
        }

        /** Names of topics, the largest first; one that would cover another waits for a closer look. */
        function drawLabels() {
          const taken = [];
          context.textAlign = 'center';
          context.textBaseline = 'middle';
          context.lineJoin = 'round';
          for (const label of data.labels) {
            const x = label.x * view.scale + view.x, y = label.y * view.scale + view.y;
            const size = Math.max(12, Math.min(17, 11 + Math.log10(label.papers + 1) * 1.4));
            context.font = `600 ${size}px system-ui, sans-serif`;
            const half = context.measureText(label.text).width / 2 + 4;
            if (x + half < 0 || x - half > canvas.clientWidth || y < 0 || y > canvas.clientHeight) continue;
            const box = [x - half, y - size * .7, x + half, y + size * .7];
            if (taken.some(o => box[0] < o[2] && box[2] > o[0] && box[1] < o[3] && box[3] > o[1])) continue;
            taken.push(box);
            context.lineWidth = 4;
            context.strokeStyle = css('--halo');
            context.strokeText(label.text, x, y);
            context.fillStyle = css('--ink');
            context.fillText(label.text, x, y);
          }
        }

        """#
}
