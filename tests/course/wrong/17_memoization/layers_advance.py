"""Every layer advances.

score: 10
lost: {test-cache-enablement: error, test-noninvasive: error, module-integration: error}
"""


def cached_forward(model, tokens, cache):
    new = tokens.shape[1]
    positions = model.embedding.pos_encoding.position_embeddings[cache.seq_pos : cache.seq_pos + new]
    x = model.embedding.token_embedding(tokens) + positions
    for layer, block in enumerate(model.blocks):
        x = x + cached_attention(block.attention, block.ln1(x), cache, layer)
        cache.advance(new)
        x = x + block.mlp(block.ln2(x))
    return model.lm_head(model.ln_f(x))
