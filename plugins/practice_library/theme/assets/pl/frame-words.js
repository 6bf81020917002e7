{#- What the script of the frame says, in the site's language, and what it offers: fetched with it, made at the build. -#}
{% set own = config.extra.practice_library %}
{% set words = own.words %}
{% set palette = config.theme.palette or [] %}
export const words = {{ {
  "colours": {
    "auto": words.palette_light,
    "light": words.palette_dark,
    "dark": words.palette_auto,
  } if palette and palette is not mapping else none,
  "top": words.back_to_top if "navigation.top" in (config.theme.features or []) else none,
  "print": words.print_page,
  "offline": words.offline_copy if own.offline else none,
} | tojson }};
