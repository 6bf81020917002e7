{#- What the search in the head of a page says, in the site's language: fetched with it, made at the build. -#}
{% set words = config.extra.practice_library.words %}
export const words = {{ {
  "close": words.search_close,
  "list": words.search_list,
  "all.one": words.search_all_one,
  "all.other": words.search_all_other,
  "results.one": words.search_results_one,
  "results.other": words.search_results_other,
  "nothing": words.search_nothing,
  "near": words.search_near,
  "note": words.search_note,
  "failed": words.search_failed,
  "finder": words.search_finder,
} | tojson }};
