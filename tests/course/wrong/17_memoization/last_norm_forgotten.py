"""The last norm is left out.

score: 20
lost: {test-cache-enablement: failed, module-integration: failed}
"""


def cached_forward(model, tokens, cache):
    new = tokens.shape[1]
    positions = model.embedding.pos_encoding.position_embeddings[cache.seq_pos : cache.seq_pos + new]
    x = model.embedding.token_embedding(tokens) + positions
    for layer, block in enumerate(model.blocks):
        x = x + cached_attention(block.attention, block.ln1(x), cache, layer)
        x = x + block.mlp(block.ln2(x))
    cache.advance(new)
    return model.lm_head(x)
