/* Elements in which nothing changes by itself: one component, its inside as the server wrote it
   (barometer/ui/markup.py, which escapes every text and attribute). */
(function () {
  "use strict";

  const Still = ({ tag, attributes, inside }) =>
    window.React.createElement(tag, {
      ...attributes,
      dangerouslySetInnerHTML: { __html: inside },
    });

  window.barometer = { ...window.barometer, Still };
})();
